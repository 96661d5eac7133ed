/** `millrace state`: the state of a savepoint as rows, and new savepoints with rows put, removed or created. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { EngineError } from '../../base/errors.ts';
import type { ListedState, StateProcessor, StateSelection } from '../../runtime/state-processor/state-processor.ts';
import type { RowLine } from '../../runtime/state-processor/state-table.ts';
import { escapeForTerminal } from './exit-codes.ts';
import { printLines } from './listings.ts';

export interface StateWorld {
  /** Reads and checks a savepoint or checkpoint. */
  openState(savepoint: string): StateProcessor;
  nowMs(): number;
}

interface SelectionFlags {
  readonly node?: string;
  readonly state?: string;
  readonly key?: string;
}

interface RowsFlags extends SelectionFlags {
  readonly rows?: string;
}

const ROWS_HELP = `
A row is a JSON object on a line of its own, as \`state print\` shows it: node, state, key (a list of the key's columns)
and what the state keeps, each as \`state list\` names it. Accumulators of windows and keys of joins are shown as they are kept.
Sessions of a key lie apart. Windows with triggers are rows of three states: windows (with what the trigger remembers), records (where
they are kept) and @timers, which end them; what is put must be such that a run goes on from it, and a window takes its records and
timers with it. Partial matches of patterns are shown and removed by key; they cannot be put.`;

const EXAMPLES = `
A savepoint is never changed: put, remove and create write a new one, which is there as a whole or not at all.
  millrace state list sp-000004
  millrace state print sp-000004 --node deduplicate --key '"alice"'
  millrace state print sp-000004 --node deduplicate | sed … | millrace state create sp-000004 edited --node deduplicate
  millrace run pipeline.json --restore edited`;

export function addState(program: Command, world: StateWorld): void {
  const state = program
    .command('state')
    .description('List, print, edit and create the state of a savepoint, by node and key.')
    .addHelpText('after', EXAMPLES);
  state
    .command('list')
    .description('Nodes with their states: kind, members with their types, rows, keys, bytes; and what cannot be shown.')
    .argument('<savepoint>', 'folder of a savepoint or checkpoint')
    .option('--json', 'as JSON')
    .action((savepoint: string, flags: { readonly json?: boolean }) => {
      const listed = world.openState(path.resolve(savepoint)).list();
      printLines(flags.json === true ? [JSON.stringify(listed, null, 2)] : formatStates(listed));
    });
  addSelection(
    state.command('print').description('Rows of the state as JSON lines.').argument('<savepoint>', 'folder of a savepoint or checkpoint'),
  )
    .addHelpText('after', ROWS_HELP)
    .action((savepoint: string, flags: SelectionFlags) => {
      const processor = world.openState(path.resolve(savepoint));
      printLines(processor.print(selectionOf(flags)));
      if (flags.node === undefined) tellHidden(processor.list());
    });
  addChange(state, 'put', 'Write a new savepoint in which rows take the place of those with the same key; others stay.')
    .option('--rows <file>', 'NDJSON file (default: standard input)')
    .addHelpText('after', ROWS_HELP)
    .action((savepoint: string, created: string, flags: RowsFlags) => {
      const count = world.openState(path.resolve(savepoint)).put(path.resolve(created), readRows(flags.rows), world.nowMs());
      tellWritten(created, `${count} rows put`);
    });
  addSelection(addChange(state, 'remove', 'Write a new savepoint without the rows of a node, a state or a key.'), true).action(
    (savepoint: string, created: string, flags: SelectionFlags) => {
      const count = world.openState(path.resolve(savepoint)).remove(path.resolve(created), selectionOf(flags), world.nowMs());
      tellWritten(created, `${count} rows removed`);
    },
  );
  addSelection(addChange(state, 'create', 'Write a new savepoint in which the state of a node consists of exactly the given rows.'), true)
    .option('--rows <file>', 'NDJSON file (default: standard input)')
    .addHelpText('after', ROWS_HELP)
    .action((savepoint: string, created: string, flags: RowsFlags) => {
      const count = world
        .openState(path.resolve(savepoint))
        .create(path.resolve(created), selectionOf(flags), readRows(flags.rows), world.nowMs());
      tellWritten(created, `${count} rows created`);
    });
  for (const command of state.commands) command.exitOverride();
}

function addChange(state: Command, name: string, description: string): Command {
  return state
    .command(name)
    .description(description)
    .argument('<savepoint>', 'folder of a savepoint or checkpoint, which stays as it is')
    .argument('<new>', 'folder to write, which must not exist');
}

function addSelection(command: Command, nodeIsNeeded = false): Command {
  const flags = '--node <id>';
  return (nodeIsNeeded ? command.requiredOption(flags, 'state of this node') : command.option(flags, 'only this node'))
    .option('--state <name>', 'only this state')
    .option('--key <json>', 'only this key: \'["a",1]\', or the value of a key of one column');
}

function selectionOf({ node, state, key }: SelectionFlags): StateSelection {
  return {
    ...(node === undefined ? {} : { nodeId: node }),
    ...(state === undefined ? {} : { state }),
    ...(key === undefined ? {} : { key }),
  };
}

function formatStates(listed: readonly ListedState[]): readonly string[] {
  if (listed.length === 0) return ['no state'];
  return listed.map(({ nodeId, state, kind, members, rows, keys, bytes, refusal }) => {
    const counts = rows === null ? [] : [`${rows} rows`, ...(keys === null ? [] : [`${keys} keys`])];
    return escapeForTerminal([nodeId, state, kind, ...counts, `${bytes} bytes`, refusal ?? members.join(', ')].join('  '));
  });
}

function tellHidden(listed: readonly ListedState[]): void {
  for (const { nodeId, state, refusal } of listed)
    if (refusal !== null) process.stderr.write(`${escapeForTerminal(`not shown: state '${state}' of node '${nodeId}': ${refusal}`)}\n`);
}

function tellWritten(created: string, what: string): void {
  process.stderr.write(`${escapeForTerminal(`${what}; restore with --restore ${created}`)}\n`);
}

function readRows(file: string | undefined): readonly RowLine[] {
  return readInput(file)
    .split('\n')
    .map((text, at) => ({ text: text.replace(/\r$/, ''), number: at + 1 }))
    .filter(({ text }) => text.trim() !== '');
}

function readInput(file: string | undefined): string {
  try {
    return readFileSync(file ?? 0, 'utf8');
  } catch (error) {
    throw new EngineError(
      'MR6402',
      `${file ?? 'standard input'} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      {
        domain: 'user',
        field: 'rows',
        remedy: 'name a file of rows that exists and may be read, or give them on standard input',
        cause: error,
      },
    );
  }
}
