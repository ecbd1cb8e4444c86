/** The towns that this browser keeps: to open, and to delete after a second question. */
import { useEffect, useState } from 'react'
import { formatNumber } from '../../../language/format.ts'
import { sayTown } from '../../../language/townWords.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { townId } from '../../../source/serverless.ts'
import { forgetTown, listTowns, type KeptTown } from '../../../source/town/townStore.ts'
import { useStore } from '../../../state/store.ts'
import { addressOfTown } from './townAddress.ts'

export function KeptTowns() {
  const { live } = useShell()
  const view = useStore(live.store, (state) => state.view)
  const [towns, setTowns] = useState<readonly KeptTown[]>([])
  const [asked, setAsked] = useState<string>()
  const [error, setError] = useState<string>()
  const failed = (reason: Error) => setError(reason.message)
  useEffect(() => {
    listTowns().then(setTowns, failed)
  }, [])
  const forget = (id: string) => {
    setAsked(undefined)
    forgetTown(id)
      .then(() => {
        // a page without its town has nothing to show
        if (id === townId) location.assign(addressOfTown(view, undefined))
        else setTowns(towns.filter((town) => town.id !== id))
      })
      .catch(failed)
  }
  if (error !== undefined) return <p role="alert">{sayTown('kept.failed', { why: error })}</p>
  if (towns.length === 0) return null
  return (
    <section aria-label={sayTown('kept')}>
      <h3>{sayTown('kept')}</h3>
      <ul className="plain">
        {towns.map(({ id, name, from, bytes }) => (
          <li key={id} className="town-kept">
            <a href={addressOfTown(view, id)} aria-label={sayTown('open', { name })}>
              {name}
            </a>
            <small>
              {sayTown('kept.from', { files: from.join(' + '), mb: formatNumber(Math.ceil(bytes / 1e6)) })}
            </small>
            {asked === id ? (
              <span className="row push" role="group" aria-label={sayTown('forget.sure', { name })}>
                <span>{sayTown('forget.sure', { name })}</span>
                <button type="button" onClick={() => forget(id)}>
                  {sayTown('forget.yes')}
                </button>
                <button type="button" autoFocus onClick={() => setAsked(undefined)}>
                  {sayTown('forget.no')}
                </button>
              </span>
            ) : (
              <button
                type="button"
                className="bare push"
                aria-label={sayTown('forget', { name })}
                onClick={() => setAsked(id)}
              >
                ✕
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
