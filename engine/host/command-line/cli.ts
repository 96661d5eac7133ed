/** The command line: what it takes, what it says, and how it ends. The engine runs in this process. */
import { closeSync, existsSync, openSync, readSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { EngineError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import type { JobManager, JobStartRequest, StoredCheckpoint } from '../../runtime/job-manager-api.ts';
import { DOCUMENT_LIMITS } from '../../spec/document.ts';
import { parseDuration } from '../../spec/duration.ts';
import type { Language } from '../../spec/text.ts';
import type { ProblemMessage } from '../contract.ts';
import { version } from '../version.ts';
import type { CommandLineTools } from './command-line-tools.ts';
import { EXIT_CODES_HELP, EXIT_FINISHED, EXIT_REFUSED, exitCodeOf, formatError, refuseArgument } from './exit-codes.ts';
import { formatCheckpoints, formatProblems, printLines, problemOfRestore } from './listings.ts';
import { formatPlan, PLAN_HELP } from './plan-command.ts';
import { type PreviewFlags, previewCommand } from './preview-command.ts';
import { runCommand } from './run-command.ts';
import { type RunsFlags, runsCommand } from './runs-command.ts';
import { addState, type StateWorld } from './state-command.ts';

const PREVIEW_ROWS = 100;
const PREVIEW_ROWS_MAX = 1_000;
const TRUST_HELP = 'let the custom code of the pipeline run, with your rights, and its nodes send variables of this machine, this time';
const READ_BYTES = 1024 * 1024;
/** A character has at most four bytes. */
const PIPELINE_BYTES_MAX = 4 * DOCUMENT_LIMITS.lengthMax;

export interface CommandLineWorld extends StateWorld {
  readonly tools: CommandLineTools;
  createJobs(): JobManager;
  listCheckpoints(directory: string): readonly StoredCheckpoint[];
  readonly language: Language;
}

interface RunFlags {
  readonly set: readonly (readonly [string, JsonValue])[];
  readonly checkpoints?: string;
  readonly checkpointInterval?: number;
  readonly restore: string;
  readonly parallelism?: number;
  readonly batchRows?: number;
  readonly stateBackend?: string;
  readonly stateMemory?: number;
  readonly allowNonRestoredState?: boolean;
  readonly trust?: boolean;
  readonly json?: boolean;
}

/** Returns the exit code. */
export async function runCommandLine(programArguments: readonly string[], world: CommandLineWorld): Promise<number> {
  let exitCode = EXIT_FINISHED;
  const program = createProgram(world, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...programArguments], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_FINISHED : EXIT_REFUSED;
    process.stderr.write(`${formatError(error, world.language)}\n`);
    return exitCodeOf(error);
  }
}

function createProgram(world: CommandLineWorld, end: (code: number) => void): Command {
  const program = new Command('millrace');
  program
    .description('Runs, checks and exports streaming pipelines.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(see --help)')
    .addHelpText('after', EXIT_CODES_HELP);
  addRun(program, world, end);
  addCheck(program, world, end);
  addPreview(program, world, end);
  addDescribe(program, world);
  addPlan(program, world, end);
  addInferSchema(program, world);
  addExport(program, world, end);
  addNodes(program, world);
  addCheckpoints(program, world);
  addRuns(program, world);
  addState(program, world);
  for (const command of program.commands) command.exitOverride();
  return program;
}

function addRun(program: Command, world: CommandLineWorld, end: (code: number) => void): void {
  program
    .command('run')
    .description('Run a pipeline until its sources end or a signal comes (Ctrl-C keeps the state).')
    .argument('<pipeline>', 'pipeline.json')
    .option(
      '--set <node.field=json>',
      'lay a value over the document; may be repeated; `job.FIELD=JSON` sets a job setting',
      collectSet,
      [],
    )
    .option('--checkpoints <dir>', 'checkpoint folder (default: the one of the document)', absolutePath)
    .option('--checkpoint-interval <duration>', 'time between checkpoints, such as 100ms or 10s', durationMs)
    .option(
      '--restore <what>',
      'latest: go on from the newest checkpoint if there is one; none: start anew; or the path of a checkpoint or savepoint',
      'none',
    )
    .option('--parallelism <n>', 'subtasks per operator, over the document', wholeNumber)
    .option('--batch-rows <n>', 'rows per batch, over the document', wholeNumber)
    .addOption(
      new Option(
        '--state-backend <backend>',
        'where keyed state is kept, over the document: disk takes what is beyond --state-memory',
      ).choices(['memory', 'disk']),
    )
    .option('--state-memory <mb>', 'memory of one worker for its state when the rest is on disk, over the document', wholeNumber)
    .option('--allow-non-restored-state', 'drop state of nodes that are no longer in the pipeline instead of refusing')
    .option('--trust', TRUST_HELP)
    .option('--json', 'events as JSON lines on standard output')
    .addHelpText('after', EXIT_CODES_HELP)
    .action(async (pipeline: string, flags: RunFlags) => {
      const request = createRequest(pipeline, flags);
      const jobs = world.createJobs();
      try {
        end(
          await runCommand(jobs, { request, ids: world.tools.runNodes(request.text), json: flags.json === true, language: world.language }),
        );
      } finally {
        await jobs.close();
      }
    });
}

function createRequest(pipeline: string, flags: RunFlags): JobStartRequest {
  const overrides = [...flags.set];
  if (flags.stateBackend !== undefined) overrides.push(['job.stateBackend', flags.stateBackend]);
  if (flags.stateMemory !== undefined) overrides.push(['job.stateMemory', flags.stateMemory]);
  const restore = flags.restore === 'latest' || flags.restore === 'none' ? flags.restore : { path: absolutePath(flags.restore) };
  return {
    path: absolutePath(pipeline),
    text: readText(pipeline),
    ...(flags.trust === true ? { trusted: true } : {}),
    options: {
      restore,
      ...(flags.parallelism === undefined ? {} : { parallelism: flags.parallelism }),
      ...(flags.batchRows === undefined ? {} : { batchRows: flags.batchRows }),
      ...(flags.checkpoints === undefined ? {} : { checkpointDirectory: flags.checkpoints }),
      ...(flags.checkpointInterval === undefined ? {} : { checkpointIntervalMs: flags.checkpointInterval }),
      ...(flags.allowNonRestoredState === true ? { allowNonRestoredState: true } : {}),
      ...(overrides.length === 0 ? {} : { overrides: Object.fromEntries(overrides) }),
    },
  };
}

function addCheck(program: Command, world: CommandLineWorld, end: (code: number) => void): void {
  program
    .command('check')
    .description('Look for problems without running; exit code 2 when there are errors.')
    .argument('<pipeline>', 'pipeline.json')
    .option('--restore <path>', 'also whether it could go on from this checkpoint or savepoint', absolutePath)
    .option('--json', 'problems as JSON')
    .action(async (pipeline: string, flags: { readonly restore?: string; readonly json?: boolean }) => {
      const text = readText(pipeline);
      const found = world.tools.check(text, absolutePath(pipeline));
      const problems =
        flags.restore === undefined || hasErrors(found)
          ? found
          : [...found, ...(await world.tools.checkRestore(text, absolutePath(pipeline), flags.restore)).map(problemOfRestore)];
      if (flags.json === true) printLines([JSON.stringify({ problems })]);
      else printLines(problems.length === 0 ? ['no problems'] : formatProblems(problems, world.language));
      end(hasErrors(problems) ? EXIT_REFUSED : EXIT_FINISHED);
    });
}

function addPreview(program: Command, world: CommandLineWorld, end: (code: number) => void): void {
  program
    .command('preview')
    .description('Show the rows of every node over a sample of the sources; no sink is written and no live source opened.')
    .argument('<pipeline>', 'pipeline.json')
    .option('--node <id>', 'only this node; may be repeated', (id: string, before: readonly string[]) => [...before, id], [])
    .option('--rows <n>', 'rows per source, at most 1000', wholeNumber, PREVIEW_ROWS)
    .option('--trust', TRUST_HELP)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExits with 1 when a node fails on a row or altogether; the other nodes answer all the same.')
    .action(async (pipeline: string, flags: PreviewFlags) => {
      const rows = Math.min(flags.rows, PREVIEW_ROWS_MAX);
      end(await previewCommand(world.tools, pipeline, readText(pipeline), { ...flags, rows }, world.language));
    });
}

function addDescribe(program: Command, world: CommandLineWorld): void {
  program
    .command('describe')
    .description('Say what a pipeline does: nodes, columns on every edge, the guarantee and its reason.')
    .argument('<pipeline>', 'pipeline.json')
    .option('--json', 'as JSON')
    .action((pipeline: string, flags: { readonly json?: boolean }) => {
      const text = readText(pipeline);
      if (flags.json === true) printLines([JSON.stringify(world.tools.describeAsJson(text, world.language), null, 2)]);
      else printLines(world.tools.describe(text, world.language));
    });
}

function addPlan(program: Command, world: CommandLineWorld, end: (code: number) => void): void {
  program
    .command('plan')
    .description('Show what would run: tasks and their chains, parallelism, how rows cross between tasks and why, workers.')
    .argument('<pipeline>', 'pipeline.json')
    .option('--parallelism <n>', 'subtasks per operator, over the document', wholeNumber)
    .option('--json', 'as JSON')
    .addHelpText('after', PLAN_HELP)
    .action((pipeline: string, flags: { readonly parallelism?: number; readonly json?: boolean }) => {
      const { plan, problems } = world.tools.plan(readText(pipeline), flags.parallelism);
      if (plan === null) {
        printLines(flags.json === true ? [JSON.stringify({ problems })] : formatProblems(problems, world.language));
        end(EXIT_REFUSED);
      } else printLines(flags.json === true ? [JSON.stringify(plan, null, 2)] : formatPlan(plan, world.language));
    });
}

function addInferSchema(program: Command, world: CommandLineWorld): void {
  program
    .command('infer-schema')
    .description('Guess the columns of a file from a sample of it.')
    .argument('<file>', 'NDJSON or CSV')
    .option('--format <format>', 'ndjson or csv (default: by the ending of the name)')
    .option('--set <field=json>', 'a field of the file source, such as delimiter=\'";"\'; may be repeated', collectSet, [])
    .option('--json', 'the schema as it stands in a document')
    .action(
      async (
        file: string,
        flags: { readonly format?: string; readonly set: readonly (readonly [string, JsonValue])[]; readonly json?: boolean },
      ) => {
        if (flags.format !== undefined && !['ndjson', 'csv'].includes(flags.format))
          throw refuseArgument(`there is no format ${flags.format}; there are ndjson and csv`);
        const format = flags.format ?? (/\.(csv|tsv)$/i.test(file) ? 'csv' : 'ndjson');
        const { fields, sampleRows } = await world.tools.inferFileSchema(absolutePath(file), format, Object.fromEntries(flags.set));
        if (flags.json === true) printLines([JSON.stringify(fields, null, 2)]);
        else printLines([...fields.map((field) => `${field.name}  ${field.type}`), `(from ${sampleRows} rows)`]);
      },
    );
}

function addExport(program: Command, world: CommandLineWorld, end: (code: number) => void): void {
  program
    .command('export')
    .description('Write the pipeline in another form; refuses what that form cannot say.')
    .argument('<target>', 'spec (the logic, every default written out) or flink-sql', exportTarget)
    .argument('<pipeline>', 'pipeline.json')
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .action((target: 'spec' | 'flink-sql', pipeline: string, flags: { readonly output?: string }) => {
      const { text, report } = world.tools.export(readText(pipeline), target, absolutePath(pipeline));
      for (const note of report) {
        if (note.status !== 'same') process.stderr.write(`${note.status} [${note.nodeId}] ${note.text[world.language]}\n`);
      }
      if (report.some((note) => note.status === 'unsupported')) {
        end(EXIT_REFUSED);
        return;
      }
      if (flags.output === undefined) process.stdout.write(text);
      else writeOutput(flags.output, text);
    });
}

function addNodes(program: Command, world: CommandLineWorld): void {
  program
    .command('nodes')
    .description('List the node types, or show the help and the fields of one.')
    .argument('[type]', 'name of a node type')
    .option('--json', 'as JSON')
    .option('--json-schema', 'the JSON Schema of pipeline files with the fields of every node type, for editors')
    .action(async (type: string | undefined, flags: { readonly json?: boolean; readonly jsonSchema?: boolean }) => {
      if (flags.jsonSchema === true) printLines([JSON.stringify(world.tools.pipelineJsonSchema(), null, 2)]);
      else if (flags.json === true) printLines([JSON.stringify(world.tools.nodesAsJson(type, world.language), null, 2)]);
      else {
        printLines(world.tools.listNodes(type, world.language));
        if (type !== undefined) printLines(['', ...(await world.tools.nodeHelp(type, world.language))]);
      }
    });
}

function addCheckpoints(program: Command, world: CommandLineWorld): void {
  program
    .command('checkpoints')
    .description('List checkpoints and savepoints of a folder, newest first, and check that they are whole.')
    .argument('<dir>', 'checkpoint folder')
    .option('--json', 'as JSON')
    .action((directory: string, flags: { readonly json?: boolean }) => {
      if (!existsSync(directory)) throw refuseArgument(`there is no folder ${directory}`);
      const stored = world.listCheckpoints(absolutePath(directory));
      printLines(flags.json === true ? [JSON.stringify(stored, null, 2)] : formatCheckpoints(stored));
    });
}

function addRuns(program: Command, world: CommandLineWorld): void {
  program
    .command('runs')
    .description('List the runs a pipeline has had, newest first, or show one of them with its figures and its log.')
    .argument('<pipeline>', 'pipeline.json')
    .argument('[run]', 'id of a run, or the beginning of it')
    .option('--checkpoints <dir>', 'checkpoint folder (default: the one of the document)', absolutePath)
    .option('--spec', 'write the document as it was run to standard output')
    .option('--json', 'as JSON')
    .action((pipeline: string, run: string | undefined, flags: RunsFlags) => {
      runsCommand(world.tools.history(readText(pipeline), absolutePath(pipeline), flags.checkpoints), run, flags, world.language);
    });
}

function readText(file: string): string {
  try {
    return readBounded(file);
  } catch (error) {
    throw new EngineError('MR6402', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      domain: 'user',
      remedy: 'name a pipeline file that exists and may be read',
      cause: error,
    });
  }
}

/** A file that never ends, such as a device, is read as far as it is certainly too long, which then refuses it. */
function readBounded(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let length = 0; length <= PIPELINE_BYTES_MAX; ) {
      const chunk = Buffer.alloc(READ_BYTES);
      const count = readSync(descriptor, chunk, 0, READ_BYTES, null);
      if (count === 0) break;
      chunks.push(chunk.subarray(0, count));
      length += count;
    }
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    closeSync(descriptor);
  }
}

function writeOutput(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new EngineError('MR6405', `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      domain: 'user',
      remedy: 'name a file in a folder that exists and may be written to',
      cause: error,
    });
  }
}

function hasErrors(problems: readonly ProblemMessage[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** Relative to where the person stands. */
function absolutePath(wanted: string): string {
  return path.resolve(wanted);
}

function collectSet(value: string, before: readonly (readonly [string, JsonValue])[]): readonly (readonly [string, JsonValue])[] {
  const equals = value.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('it is written NAME=JSON.');
  const name = value.slice(0, equals);
  try {
    return [...before, [name, JSON.parse(value.slice(equals + 1))]];
  } catch {
    throw new InvalidArgumentError(`the value of ${name} is not JSON; a text needs quotes: ${name}='"text"'.`);
  }
}

function durationMs(value: string): number {
  const milliseconds = parseDuration(value);
  if (milliseconds === null || milliseconds < 1) throw new InvalidArgumentError('it is written like 100ms or 10s.');
  return milliseconds;
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > 1_000_000) throw new InvalidArgumentError('it must be a whole number from 1.');
  return number;
}

function exportTarget(value: string): string {
  if (!['spec', 'flink-sql'].includes(value)) throw refuseArgument(`there is no export named ${value}; there are spec and flink-sql`);
  return value;
}
