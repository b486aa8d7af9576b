import { expect } from 'chai';

/** The error that something throws, or that a promise rejects with. */
export async function errorOf(work: () => unknown): Promise<any> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  expect.fail('There was no error.');
}
