/**
 * Named places at which a fault test may end the process (or the simulation). Nothing happens unless a test has set a
 * hook; production code only names the steps of its durable protocols.
 */
let hook: ((name: string) => void) | null = null;

export function killPoint(name: string): void {
  if (hook !== null) hook(name);
}

/** Null takes the hook away. */
export function setKillPointHook(next: ((name: string) => void) | null): void {
  hook = next;
}
