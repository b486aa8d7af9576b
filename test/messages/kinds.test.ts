import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import _ from 'lodash';
import ts from 'typescript';
import { KINDS } from '../../src/messages/kinds';

const source = ts.createSourceFile(
  'types.ts',
  readFileSync('src/types.ts', 'utf8'),
  ts.ScriptTarget.ES2022,
  true,
);
const declared = source.statements.filter(ts.isInterfaceDeclaration);

function fieldsOf(node: ts.InterfaceDeclaration): string[] {
  const bases = (node.heritageClauses ?? []).flatMap(({ types }) => [...types]);
  const inherited = declared.filter(({ name }) =>
    bases.some(base => base.getText(source) === name.text),
  );
  const own = node.members
    .filter(ts.isPropertySignature)
    .map(member => member.name.getText(source));
  return [...own, ...inherited.flatMap(fieldsOf)];
}

const interfaces = new Map(
  declared.map(node => [node.name.text, fieldsOf(node)]),
);
const message = source.statements
  .filter(ts.isTypeAliasDeclaration)
  .find(({ name }) => name.text === 'Message')!.type as ts.UnionTypeNode;

/** The fields of every kind of message that a job author finds documented. */
const documented = message.types
  .map(type => interfaces.get(type.getText(source)))
  .filter(fields => fields && !fields.includes('type'))
  .map(fields => _.sortBy(fields));

describe('kinds of messages', () => {
  for (const { name, fields } of KINDS)
    it(`${name} has a type with its fields`, () => {
      expect(documented).to.deep.include(_.sortBy(fields));
    });

  it('have a type each', () => {
    expect(documented).to.have.length(KINDS.length);
  });

  it('have fields that a row of a list has, too', () => {
    const ofSingle = ['reaction', 'messageId', 'pin', 'unpin', 'days'];
    const fields = _.uniq(_.flatMap(KINDS, 'fields'));
    expect(interfaces.get('BulkMessage')).to.include.members(
      _.without(fields, ...ofSingle),
    );
  });
});
