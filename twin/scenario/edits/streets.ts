/** Edits of streets. */
import { editKind, rowsSchema } from '../editKind.ts'

/** No vehicle enters; those on it drive out, and all others find another way. */
export const closeStreet = editKind('closeStreet', { links: rowsSchema }, ({ links }) => ({
  settings: links.map((row) => ({ target: 'linkClosed', row, value: 1 })),
}))
