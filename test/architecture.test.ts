import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';

/** Top down: a module imports from its own folder, or from a floor below. */
const FLOORS = [
  ['index'],
  ['Adaptor'],
  ['operations', 'requests', 'metadata', 'workflow'],
  ['bulk/'],
  ['account/', 'media/', 'templates/', 'webhooks/'],
  ['platforms/'],
  ['messages/'],
  ['configuration', 'items', 'run'],
  ['util/'],
  ['validation'],
  ['state', 'log'],
  ['errors/', 'suggest', 'phone-library', 'graph-versions', 'common'],
  ['types', 'typedefs'],
];

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map(file => file.split(path.sep).join('/'))
  .filter(file => /\.[jt]s$/.test(file));
const nameOf = (file: string) => file.replace(/\.[jt]s$/, '');
const modules = files.map(nameOf);
const sources = new Map(
  files.map(file => [nameOf(file), readFileSync(`src/${file}`, 'utf8')]),
);

function importsOf(module: string): string[] {
  const { importedFiles } = ts.preProcessFile(sources.get(module)!);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => path.posix.join(path.dirname(module), fileName))
    .map(nameOf)
    .map(name => (sources.has(name) ? name : `${name}/index`));
}

const placeOf = (module: string) =>
  module.includes('/') ? `${module.split('/')[0]}/` : module;
const floorOf = (module: string) =>
  FLOORS.findIndex(places => places.includes(placeOf(module)));

describe('architecture', () => {
  it('assigns a layer to each module', () => {
    expect(modules.filter(module => floorOf(module) < 0)).to.eql([]);
  });

  it('allows imports from lower layers only', () => {
    const up = modules.flatMap(module =>
      importsOf(module)
        .filter(
          imported =>
            placeOf(imported) !== placeOf(module) &&
            floorOf(imported) <= floorOf(module),
        )
        .map(imported => `${module} → ${imported}`),
    );
    expect(up).to.eql([]);
  });

  it('has no circular imports', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (module: string, trail: string[]) => {
      if (trail.includes(module))
        return void circles.push([...trail, module].join(' → '));
      if (done.has(module)) return;
      importsOf(module).forEach(next => visit(next, [...trail, module]));
      done.add(module);
    };
    modules.forEach(module => visit(module, []));
    expect(circles).to.eql([]);
  });

  it('has no syntax that the compiler of the monorepo rejects', () => {
    const newer = modules.filter(module =>
      /<const \w|\baccessor \w|import .* with \{|^await /m.test(
        sources.get(module)!,
      ),
    );
    expect(newer).to.eql([]);
  });

  it('accesses the network from src/util only', () => {
    const network = modules.filter(module =>
      /from '(undici|node:(http|https|net|tls))'/.test(sources.get(module)!),
    );
    expect(network.filter(module => !module.startsWith('util/'))).to.eql([
      'messages/links',
    ]);
  });

  it('shares no code between src and sandbox', () => {
    for (const file of readdirSync('sandbox').filter(name =>
      name.endsWith('.ts'),
    ))
      expect(readFileSync(`sandbox/${file}`, 'utf8')).not.to.match(
        /from '\.\.\/src/,
      );
  });
});
