/** Trees of named values as XML. */

export type Tree = string | number | boolean | null | readonly Tree[] | { readonly [name: string]: Tree }

/** `oneOf` has by the name of a list that of one of it; a list of any other name has its own. */
export function xmlOf(name: string, tree: Tree, oneOf: Readonly<Record<string, string>> = {}): string {
  if (tree === null || tree === '') return `<${name}/>`
  return `<${name}>${contentOf(name, tree, oneOf)}</${name}>`
}

function contentOf(name: string, tree: Exclude<Tree, null>, oneOf: Readonly<Record<string, string>>): string {
  if (isList(tree)) return tree.map((one) => xmlOf(oneOf[name] ?? name, one, oneOf)).join('')
  if (typeof tree !== 'object') return escaped(String(tree))
  return Object.entries(tree)
    .map(([key, value]) => xmlOf(key, value, oneOf))
    .join('')
}

function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree)
}

/** Characters that XML 1.0 has no place for are left out, whatever somebody wrote (section 2.2). */
export function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}
