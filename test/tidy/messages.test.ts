/** Every sentence of the page is said somewhere, and keys that code puts together lead to sentences. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/strings/en.ts';
import { isTest, readSourceFiles } from '../support/source-files.ts';

/** All that is below there; the types of the code say which. */
const ALL = null;

/** Keys that code puts together, and what may stand in place of the star. */
const FAMILIES: Readonly<Record<string, readonly string[] | null>> = {
  // Named by the registry of actions and the places where they are listed.
  'action.*': ALL,
  'area.*': ALL,
  'commandPalette.mode.*': ALL,
  'contextMenu.*': ALL,
  'shortcuts.*': ['fit', 'clipboard', 'zoom', 'walk', 'nudge', 'push', 'reach', 'reachAll', 'problem', 'tab', 'region'],
  'steps.*': ALL,
  // Parts of the window.
  'dock.*': ['problems', 'data', 'checkpoints', 'logs', 'why'],
  'rail.*': ['nodes', 'search', 'outline'],
  'region.*': ALL,
  'language.*': ['en', 'zh'],
  'theme.*': ['dark', 'light', 'system'],
  'title.*': ['running', 'failed', 'unsaved'],
  'start.ended.*': ALL,
  'start.group.*': ALL,
  'start.groupLead.*': ALL,
  'tour.stops.*.text': ALL,
  'tour.stops.*.title': ALL,
  // What the engine says of a run.
  'checkpoints.*': ['failed', 'complete', 'in-progress', 'savepoint', 'checkpoint'],
  'figureLens.*': ['throughput', 'watermark', 'state', 'skew'],
  'figureLens.*Scale': ALL,
  'lens.*': ['open', 'next', 'idle', 'ended'],
  'lens.cause.*': ALL,
  'lens.cause.*Text': ALL,
  'lens.remedy.*': ALL,
  'logs.*': ['error', 'info', 'warning'],
  'run.guarantee.*': ALL,
  'run.phase.*': ALL,
  'strip.*Question': ALL,
  'strip.*Title': ALL,
  // What the engine and the portable code say of a pipeline.
  'category.*': ALL,
  'compare.*': ['added', 'removed', 'changed'],
  'compare.field.*': ALL,
  'compare.kind.*': ['added', 'removed'],
  'export.column.*': ALL,
  'export.fate.*': ALL,
  'export.targets.*': ALL,
  'find.kind.*': ALL,
  'groupForm.tints.*': ALL,
  'inspector.*': ['append', 'upsert', 'retract'],
  'inspector.exchange.*': ALL,
  // Connection rules are asked for reasons in both languages at once.
  'reason.*': ALL,
  'preview.*': ['new', 'changed', 'complete', 'sink', 'live', 'waiting', 'invalid', 'failed', 'off', 'late'],
  'preview.*Text': ['complete', 'sink', 'live', 'waiting', 'invalid', 'failed', 'off', 'late'],
  'results.*': ['table', 'dashboard', 'changes'],
  'stackReason.*': ['group', 'noEdge', 'shuffle', 'consumers', 'producers', 'side', 'parallelism', 'middle', 'off'],
  'units.*': ALL,
  // The pages for looking at parts of the designer walk lists of what they show.
  'gallery.callout.n*': ALL,
  'gallery.edge.*.text': ALL,
  'gallery.edge.*.title': ALL,
  'gallery.fields.*': ['columns', 'watermark', 'expression', 'code', 'duration', 'choice', 'schema', 'path', 'rows'],
  'gallery.part.*': ALL,
  'gallery.port.*': ALL,
  'gallery.state.*.text': ALL,
  'gallery.state.*.title': ALL,
  'gallery.states.*': ['empty', 'noMatch', 'loading', 'waiting', 'failure', 'crash'],
  'gallery.tokens.motionOf.*': ALL,
  'gallery.tokens.radiusOf.*': ALL,
  'gallery.tokens.role.*': ALL,
  'gallery.tokens.sample.*': ['node', 'label', 'code', 'figures', 'headline', 'section', 'body', 'hint'],
  'gallery.tokens.shadowOf.*': ALL,
  'gallery.tokens.tint.*': ALL,
  'gallery.tokens.window.*': ALL,
};

const PLURAL = /_(zero|one|other)$/;

const keys = [...new Set(flatten(en).map((key) => key.replace(PLURAL, '')))];
const { literals, templates } = readCode();

describe('keys of the strings', () => {
  it('that code puts together are of the families named here, and all of those are', () => {
    expect([...templates].sort()).toEqual(Object.keys(FAMILIES).sort());
  });

  it('that families name exist', () => {
    const named = Object.entries(FAMILIES).flatMap(([family, values]) => (values ?? []).map((value) => family.replace('*', value)));
    expect(named.filter((key) => !keys.includes(key))).toEqual([]);
  });

  it('are all used', () => {
    const members = Object.entries(FAMILIES).flatMap(([family, values]) => keys.filter((key) => isOf(family, values, key)));
    const used = new Set([...literals, ...members]);
    expect(keys.filter((key) => !used.has(key))).toEqual([]);
  });
});

function isOf(family: string, values: readonly string[] | null, key: string): boolean {
  const [before, after] = family.split('*');
  if (!key.startsWith(before) || !key.endsWith(after) || key.length <= before.length + after.length) return false;
  const value = key.slice(before.length, key.length - after.length);
  return values === ALL ? !value.includes('.') : values.includes(value);
}

/** Strings of the code, and keys with one changing part. */
function readCode(): { readonly literals: ReadonlySet<string>; readonly templates: ReadonlySet<string> } {
  const areas = new Set(Object.keys(en));
  const files = readSourceFiles(['renderer', 'electron'], ['.ts', '.tsx']).filter(
    ({ path }) => !isTest(path) && !/^renderer\/strings\/(en|zh)/.test(path),
  );
  const found = { literals: new Set<string>(), templates: new Set<string>() };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.literals.add(node.text);
    if (ts.isTemplateExpression(node) && node.templateSpans.length === 1) {
      const [area, ...rest] = node.head.text.split('.');
      if (rest.length > 0 && areas.has(area)) found.templates.add(`${node.head.text}*${node.templateSpans[0].literal.text}`);
    }
    // What is read from the catalogue itself: `words().error.connect`, `en.reason[key]`.
    if (ts.isPropertyAccessExpression(node) && ts.isPropertyAccessExpression(node.expression))
      found.literals.add(`${node.expression.name.text}.${node.name.text}`);
    if (ts.isElementAccessExpression(node) && /^(en|zh)\.\w+$/.test(node.expression.getText()))
      found.templates.add(`${node.expression.getText().slice(3)}.*`);
    ts.forEachChild(node, visit);
  };
  for (const { path, text } of files) visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  return found;
}

function flatten(value: unknown, prefix = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  return Object.entries(value).flatMap(([key, part]) => flatten(part, prefix === '' ? key : `${prefix}.${key}`));
}
