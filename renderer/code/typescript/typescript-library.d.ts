/** What the build makes of TypeScript's own files (build/typescript-library.ts). */
declare module 'virtual:typescript-library' {
  /** Declarations by file name. */
  export const library: Readonly<Record<string, string>>;
  /** JSON: texts by key. */
  export const chineseMessages: string;
}
