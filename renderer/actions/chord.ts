/** Key chords as people read them, "Ctrl Shift S": made from key events, compared, and written for the system at hand. */

export type System = 'mac' | 'other';

/** What a key event says; a part of the browser's own, so that tests need no browser. */
export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Escape: 'Esc',
  ContextMenu: 'Menu',
  '−': '-',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

const MODIFIER_KEYS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified']);
const MODIFIERS = ['Ctrl', 'Alt', 'Shift'];

/** On macOS Cmd ` switches windows, so this chord keeps its Ctrl. */
const TRUE_CONTROL = new Set(['Ctrl `']);

/** Browsers act on these themselves, whatever the page says. */
const RESERVED_BY_BROWSERS: ReadonlySet<string> = new Set([
  'Ctrl N',
  'Ctrl T',
  'Ctrl W',
  'Ctrl Shift N',
  'Ctrl Shift T',
  'Ctrl Shift W',
  'Ctrl Tab',
  'Ctrl Shift Tab',
]);

const MAC_SYMBOLS: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧', Del: '⌦', Backspace: '⌫' };

export function isReservedByBrowsers(chord: string): boolean {
  return RESERVED_BY_BROWSERS.has(chord);
}

/** The system the page runs on. */
export function systemAtHand(): System {
  return /mac|iphone|ipad/i.test(navigator.platform) ? 'mac' : 'other';
}

/** Null while only modifiers are held, and for chords that belong to the system. */
export function chordOf(event: Pressed, system: System): string | null {
  const key = keyName(event);
  if (key === null) return null;
  const alone = [event.altKey ? 'Alt' : '', event.shiftKey && shiftCounts(key) ? 'Shift' : '', key].filter(Boolean).join(' ');
  if (system === 'other') return event.metaKey ? null : event.ctrlKey ? `Ctrl ${alone}` : alone;
  if (event.ctrlKey) return TRUE_CONTROL.has(`Ctrl ${alone}`) && !event.metaKey ? `Ctrl ${alone}` : null;
  return event.metaKey ? (TRUE_CONTROL.has(`Ctrl ${alone}`) ? null : `Ctrl ${alone}`) : alone;
}

/** The chord's keys as the system at hand writes them. */
export function chordKeys(chord: string, system: System): readonly string[] {
  const keys = chord.split(' ').map((key) => (key === '-' ? '−' : key));
  if (system === 'other' || TRUE_CONTROL.has(chord)) return keys;
  return keys.map((key) => MAC_SYMBOLS[key] ?? key);
}

export function formatChord(chord: string, system: System): string {
  return chordKeys(chord, system).join(' ');
}

/** Shared modifiers once, then the keys: "Alt ← Alt →" reads Alt ←→; chords without a shared part stay whole. */
export function joinChords(chords: readonly string[]): readonly string[] {
  const split = chords.map((chord) => chord.split(' '));
  const modifiers = split.map((keys) => keys.slice(0, -1).join(' '));
  if (chords.length < 2 || modifiers.some((part) => part !== modifiers[0])) return chords;
  const keys = split.map((parts) => parts[parts.length - 1]);
  const joined = keys.every((key) => '←→↑↓'.includes(key)) ? keys.join('') : keys.join(' / ');
  return [modifiers[0] === '' ? joined : `${modifiers[0]} ${joined}`];
}

/** A printable sign is what counts, not the Shift that some keyboards need for it. */
function shiftCounts(key: string): boolean {
  return key.length > 1 || /[A-Z0-9←→↑↓]/.test(key);
}

/** The letter or digit under the finger where the sign is not Latin or was changed by Alt; else the key's name. */
function keyName({ key, code, altKey }: Pressed): string | null {
  if (MODIFIER_KEYS.has(key) && !altKey) return null;
  const known = NAMES[key];
  if (known !== undefined) return known;
  const plain = key.length === 1 && key >= '!' && key <= '~';
  if (plain && !altKey) return key.toUpperCase();
  const physical = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1];
  if (physical !== undefined && (key.length === 1 || key === 'Dead')) return physical;
  if (MODIFIER_KEYS.has(key)) return null;
  return plain ? key.toUpperCase() : key;
}

/** In the order people write them; null for what is no chord. */
export function parseChord(text: string): string | null {
  const parts = text.split(' ').filter(Boolean);
  const key = parts.pop();
  if (key === undefined || MODIFIERS.includes(key) || parts.some((part) => !MODIFIERS.includes(part))) return null;
  return [...MODIFIERS.filter((modifier) => parts.includes(modifier)), key].join(' ');
}
