/** `millrace state` as a person runs it, in the test's own process: what it writes, and how it ends. */
import { expect, vi } from 'vitest';
import { createNodeStorage } from '../../engine/base/node-storage.ts';
import type { CommandLineWorld } from '../../engine/host/command-line/cli.ts';
import { runCommandLine } from '../../engine/host/command-line/cli.ts';
import { createTools } from '../../engine/host/create-tools.ts';
import type { createJobManager } from '../../engine/runtime/job-manager.ts';
import { StateProcessor } from '../../engine/runtime/state-processor/state-processor.ts';

export function stateCommand(manager: ReturnType<typeof createJobManager>, bundleFolder: string) {
  const world: CommandLineWorld = {
    language: 'en',
    nowMs: () => 1_000,
    openState: (savepoint) => new StateProcessor(createNodeStorage(), savepoint),
    listCheckpoints: () => [],
    tools: createTools(bundleFolder),
    createJobs: () => manager,
  };
  async function state(
    ...programArguments: readonly string[]
  ): Promise<{ readonly code: number; readonly output: string; readonly errors: string }> {
    const written = { output: '', errors: '' };
    const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.output += String(text);
      return true;
    });
    const error = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written.errors += String(text);
      return true;
    });
    try {
      return { code: await runCommandLine(['state', ...programArguments], world), ...written };
    } finally {
      out.mockRestore();
      error.mockRestore();
    }
  }

  /** Lines of rows. */
  async function printed(...programArguments: readonly string[]): Promise<readonly string[]> {
    const { code, output, errors } = await state('print', ...programArguments);
    expect(errors).toBe('');
    expect(code).toBe(0);
    return output.split('\n').filter((line) => line !== '');
  }
  return { state, printed };
}
