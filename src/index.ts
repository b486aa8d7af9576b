import * as Adaptor from './Adaptor';

export default Adaptor;

export * from './Adaptor';
export { metadata } from './metadata';
