/** Keeps the scenario at hand for comparing, by a name that its edits suggest. */
import { useState } from 'react'
import { sayCompare } from '../../../language/compareWords.ts'
import { MOST_KEPT, type Kept, type KeptOnes } from './useKept.ts'

export function KeepForm({ kept, now }: { kept: KeptOnes; now: Kept }) {
  const [name, setName] = useState<string>()
  const isKept = kept.all.some(({ run }) => run.id === now.run.id)
  const isFull = !isKept && kept.all.length >= MOST_KEPT
  if (isKept || isFull) return <p className="quiet small">{sayCompare(isKept ? 'kept.same' : 'kept.full')}</p>
  const written = name ?? now.name
  return (
    <form
      className="row keep"
      onSubmit={(event) => {
        event.preventDefault()
        if (written.trim() !== '') kept.keep({ ...now, name: written.trim() })
      }}
    >
      <label className="grow">
        <span className="unseen">{sayCompare('kept.name')}</span>
        <input type="text" maxLength={80} value={written} onChange={({ target }) => setName(target.value)} />
      </label>
      <button type="submit">{sayCompare('kept.add')}</button>
    </form>
  )
}
