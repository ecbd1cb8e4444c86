/** The picture that goes out with a publication, of the map as it is; where none came this is said, and it may be taken again. */
import { useEffect, useState } from 'react'
import type { ScenarioEdit } from '../../../../../twin/scenario/edits.ts'
import { sayDocument } from '../../../../language/documentWords.ts'
import { takePicture } from '../../../../map/picture.ts'
import { useShell } from '../../../../shell/shellContext.ts'
import { useStore } from '../../../../state/store.ts'
import { publishedEdits } from './publicationOf.ts'

interface PublishPictureProps {
  readonly edits: readonly ScenarioEdit[]
  /** A data URL; undefined while it is taken, empty when none came. */
  readonly picture: string | undefined
  /** The same function each time. */
  readonly onPicture: (picture: string | undefined) => void
}

export function PublishPicture({ edits, picture, onPicture }: PublishPictureProps) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const [tries, setTries] = useState(1)
  useEffect(() => {
    if (city === undefined) return
    let isOver = false
    onPicture(undefined)
    void publishedEdits(edits, city)
      .then((published) => takePicture(live, published))
      .catch(() => undefined)
      .then((taken) => {
        if (!isOver) onPicture(taken ?? '')
      })
    return () => {
      isOver = true
    }
  }, [city, edits, live, tries, onPicture])
  if (picture === undefined) return <p role="status">{sayDocument('publish.taking')}</p>
  if (picture === '')
    return (
      <p role="alert" className="document-note">
        {sayDocument('publish.noPicture')}{' '}
        <button type="button" onClick={() => setTries(tries + 1)}>
          {sayDocument('publish.again')}
        </button>
      </p>
    )
  return <img src={picture} alt={sayDocument('publish.picture')} />
}
