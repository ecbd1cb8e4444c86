/** The blocks of a plain Markdown text. */

export type Block =
  | { readonly kind: 'title' | 'heading' | 'words'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }

export function blocksOf(text: string): Block[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): Block => {
      if (part.startsWith('# ')) return { kind: 'title', text: part.slice(2) }
      if (part.startsWith('## ')) return { kind: 'heading', text: part.slice(3) }
      if (!part.startsWith('- ')) return { kind: 'words', text: part }
      return { kind: 'list', items: part.split('\n').map((line) => line.replace(/^- /, '')) }
    })
}
