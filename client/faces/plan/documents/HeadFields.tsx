/** What a scenario is called and asks; the rest of its head folds away. */
import { sayDocument } from '../../../language/documentWords.ts'
import type { Document } from './useDocument.ts'
import type { Head } from './work.ts'

const fields = [
  { name: 'question', most: 500, rows: 2 },
  { name: 'author', most: 120, rows: 1 },
  { name: 'notes', most: 5000, rows: 4 },
] as const satisfies readonly { name: keyof Head; most: number; rows: number }[]

export function HeadFields({ document: { head, setHead } }: { document: Document }) {
  return (
    <>
      <input
        type="text"
        className="document-title"
        maxLength={120}
        value={head.title}
        placeholder={sayDocument('field.title')}
        aria-label={sayDocument('field.title')}
        onChange={({ target }) => setHead({ title: target.value })}
      />
      <details className="document-head">
        <summary>{head.question.trim() === '' ? sayDocument('field.more') : head.question}</summary>
        <div className="stack">
          {fields.map(({ name, most, rows }) => (
            <label key={name}>
              {sayDocument(`field.${name}`)}
              {rows === 1 ? (
                <input
                  type="text"
                  maxLength={most}
                  value={head[name]}
                  onChange={({ target }) => setHead({ [name]: target.value })}
                />
              ) : (
                <textarea
                  rows={rows}
                  maxLength={most}
                  value={head[name]}
                  onChange={({ target }) => setHead({ [name]: target.value })}
                />
              )}
            </label>
          ))}
        </div>
      </details>
    </>
  )
}
