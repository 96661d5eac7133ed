/** Hostile pipeline files: each is refused by name within two seconds of work or carried within four, and never ends in a stack trace. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { JsonValue } from '../../engine/base/json.ts';
import type { CommandLineWorld } from '../../engine/host/command-line/cli.ts';
import { runCommandLine } from '../../engine/host/command-line/cli.ts';
import { createTools } from '../../engine/host/create-tools.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import { saveDocument } from '../../engine/spec/save-document.ts';
import { REPOSITORY } from '../support/source-files.ts';
import { naughtyStrings } from './corpora.ts';
import { chainText, filterNode, HOSTILE, mutateEverywhere, pipelineText, placesOf, SOURCE, withValue } from './hostile-pipelines.ts';

/** Of one core's work, in milliseconds: to refuse a file by name, and to check every expression of one that is valid. */
const REFUSED_MS_MAX = 2000;
const CARRIED_MS_MAX = 4000;
const SEED = Number(process.env.MILLRACE_SEED ?? 3);
const tools = createTools(path.join(REPOSITORY, 'build/engine'));
const folder = mkdtempSync(path.join(tmpdir(), 'millrace-hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEMPLATES = ['flights', 'nexmark-bids'].map((name) => ({
  name,
  text: readFileSync(path.join(REPOSITORY, 'templates', name, 'pipeline.json'), 'utf8'),
}));

/** Everything that can be asked of a file without running it; refusals are EngineErrors, anything else is our mistake. */
function askEverything(text: string): readonly string[] {
  const codes = tools.check(text, '/x/pipeline.json').map((problem) => problem.code);
  for (const ask of [
    () => tools.describe(text, 'en'),
    () => tools.export(text, 'flink-sql', '/x'),
    () => tools.export(text, 'spec', '/x'),
  ]) {
    try {
      ask();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'EngineError') throw error;
    }
  }
  return codes;
}

describe('refused by name or carried, within seconds of work', () => {
  it.each(HOSTILE.map((make) => [make().name, make] as const))('%s', (_name, make) => {
    const { text, code } = make();
    const before = process.cpuUsage();
    const problems = tools.check(text, '/x/pipeline.json');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(code === null ? CARRIED_MS_MAX : REFUSED_MS_MAX);
    const codes = problems.filter((problem) => problem.severity === 'error').map((problem) => problem.code);
    if (code === null) expect(codes).toEqual([]);
    else expect(codes).toContain(code);
  });
});

it('the command line says why and ends with 2', async () => {
  const files: readonly [string, string, RegExp][] = [
    ['empty', '', /MR2002 Not JSON: unexpected end of the file at line 1, column 1 \(offset 0\)\n/],
    ['deep', '['.repeat(1_000_000), /MR2003 Nested more than 64 levels/],
    ['proto', '{"__proto__":{"polluted":true}}', /MR2005 The key "__proto__" is not allowed/],
    ['unknown', pipelineText([{ ...SOURCE, type: 'kafka' }], []), /MR2301 \[read\] There is no node type "kafka"/],
    ['type', chainText([], [{ name: 'a', type: 'ROW<a '.repeat(5000) }]), /MR2117 \[read.schema\[0\].type\]/],
    ['field', chainText([filterNode('odd', 'nope > 1')]), /MR3012 \[odd.condition\] There is no column nope/],
  ];
  for (const [name, text, message] of files) {
    const file = path.join(folder, `${name}.json`);
    writeFileSync(file, text);
    const { code, output } = await commandLine('check', file);
    expect(code, name).toBe(2);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/\n\s+at /);
  }
});

async function commandLine(...programArguments: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  let output = '';
  const write = (text: unknown): boolean => {
    output += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  vi.spyOn(process.stderr, 'write').mockImplementation(write);
  try {
    const world: CommandLineWorld = {
      tools,
      language: 'en',
      nowMs: () => 0,
      openState: () => {
        throw new Error('no state is opened here');
      },
      listCheckpoints: () => [],
      createJobs: () => {
        throw new Error('nothing is run here');
      },
    };
    return { code: await runCommandLine(programArguments, world), output };
  } finally {
    vi.restoreAllMocks();
  }
}

describe.each(TEMPLATES)('mutations of $name', ({ text }) => {
  it.each([
    ['as we write it', text],
    ['in one line', JSON.stringify(JSON.parse(text))],
    ['with tabs and CRLF', JSON.stringify(JSON.parse(text), null, '\t').replaceAll('\n', '\r\n')],
    ['with blanks around every mark', JSON.stringify(JSON.parse(text), null, 4).replaceAll('": ', '"  :\n ')],
  ])('saving keeps every byte it does not mean: %s', (_name, written) => {
    const opened = loadDocument(written);
    const { document } = opened;
    if (document === null) throw new Error('the template cannot be opened');
    expect(saveDocument(document, opened)).toBe(written);
    const nodes = document.nodes.map((node, index) => (index === 2 ? { ...node, label: 'another name' } : node));
    expect(saveDocument({ ...document, nodes }, opened)).toBe(written.replace(JSON.stringify(document.nodes[2].label), '"another name"'));
  });

  it('every value of every wrong type and every key renamed: carried or refused, nothing polluted', () => {
    for (const mutant of mutateEverywhere(text)) {
      try {
        tools.check(mutant.text, '/x/pipeline.json');
      } catch (error) {
        throw new Error(`${mutant.name}: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it(`one wrong value inside a config is found at its node, seed ${SEED}`, () => {
    const document = JSON.parse(text) as { readonly nodes: readonly { readonly id: string; readonly config: JsonValue }[] };
    const places = document.nodes.flatMap((node, index) =>
      placesOf(node.config).map((place) => ({ id: node.id, place: ['nodes', String(index), 'config', ...place] })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), ({ id, place }) => {
        const mutant = JSON.stringify(withValue(JSON.parse(text) as JsonValue, place, { wrong: true }));
        const named = tools.check(mutant, '/x').filter((problem) => problem.severity === 'error' && problem.nodeId === id);
        expect(named.length, place.join('.')).toBeGreaterThan(0);
      }),
      { seed: SEED, numRuns: 120 },
    );
  });

  it(`bytes changed anywhere never end in a stack trace, seed ${SEED}`, () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.nat(40), fc.string({ unit: 'binary', maxLength: 12 }), (at, cut, put) => {
        askEverything(text.slice(0, at) + put + text.slice(at + cut));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

it('naughty text in every text of the templates is carried or refused, in checks, descriptions and exports', () => {
  const strings = naughtyStrings();
  for (const { text } of TEMPLATES) {
    const places = placesOf(JSON.parse(text) as JsonValue);
    for (const [index, naughty] of strings.entries()) {
      const place = places[index % places.length];
      askEverything(JSON.stringify(withValue(JSON.parse(text) as JsonValue, place, naughty)));
    }
  }
});
