/** The version of the product, written in by the build. */
declare const __MILLRACE_VERSION__: string | undefined;

export const version: string = typeof __MILLRACE_VERSION__ === 'string' ? __MILLRACE_VERSION__ : 'unbuilt';
