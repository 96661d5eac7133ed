/** The one Trusted Types policy: scripts of workers come from our own origin, and the only markup is one library's style rule. */

interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML(html: string): string | null; createScriptURL(url: string): string | null }): unknown;
}

/** Radix writes this rule through innerHTML of a style element; it holds no markup. */
const SELECT_STYLE = /^\[data-radix-select-viewport\]\{[^<]*\}$/;

export function guardSinks(): void {
  const { trustedTypes } = window as { readonly trustedTypes?: PolicyFactory };
  trustedTypes?.createPolicy('default', {
    createHTML: (html) => (SELECT_STYLE.test(html) ? html : null),
    createScriptURL: (url) => (new URL(url, window.location.href).origin === window.location.origin ? url : null),
  });
}
