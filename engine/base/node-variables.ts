/** Variables of the environment this process was started in. */
export function readVariable(name: string): string | undefined {
  return process.env[name];
}
