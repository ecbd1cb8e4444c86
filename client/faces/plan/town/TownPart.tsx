/** A reader's own town on the planner's face: the button that opens it, the drop that makes it, and where one is shown, that it is one. */
import { useState } from 'react'
import { formatPercent } from '../../../language/format.ts'
import { sayTown } from '../../../language/townWords.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { SETTLING } from '../../../source/frameSource.ts'
import { townId } from '../../../source/serverless.ts'
import { useStore } from '../../../state/store.ts'
import './town.css'
import { TownDialog } from './TownDialog.tsx'
import { addressOfTown } from './townAddress.ts'
import { useTownDrop } from './useTownDrop.ts'
import { useTownMaker } from './useTownMaker.ts'

export function TownPart() {
  const { live } = useShell()
  const [isOpen, setOpen] = useState(false)
  const view = useStore(live.store, (state) => state.view)
  const maker = useTownMaker((id) => location.assign(addressOfTown(view, id)))
  const { making } = maker
  const make = (files: readonly File[]) => {
    setOpen(true)
    maker.start(files)
  }
  const isOver = useTownDrop(make)
  // what went wrong is said, whether anybody waited for it or not
  const isShown = isOpen || making.state === 'failed'
  return (
    <div className="town-part">
      {townId !== undefined && <TownHere />}
      {!isShown && making.state === 'making' && (
        <Share words={sayTown('making', { name: making.name })} share={making.share} />
      )}
      <button type="button" onClick={() => setOpen(true)}>
        {sayTown('button')}
      </button>
      {isOver && <p className="town-drop">{sayTown('drop')}</p>}
      {isShown && (
        <TownDialog
          maker={{ ...maker, start: make }}
          onClose={() => {
            setOpen(false)
            // a town that is being made goes on; what failed has been read
            if (making.state === 'failed') maker.cancel()
          }}
        />
      )}
    </div>
  )
}

/** Says whose town is shown, how far its streets have filled before it moves, and how to come back. */
function TownHere() {
  const { live } = useShell()
  const name = useStore(live.store, ({ info }) => info?.name ?? '')
  const share = useStore(live.store, ({ loading }) =>
    loading?.doing === SETTLING ? Math.round(loading.share * 100) / 100 : undefined,
  )
  const view = useStore(live.store, (state) => state.view)
  return (
    <>
      {share !== undefined && (
        <Share words={sayTown('settling', { name, percent: formatPercent(share) })} share={share} />
      )}
      <p className="small">{sayTown('here', { name })}</p>
      <a href={addressOfTown(view, undefined)}>{sayTown('back')}</a>
    </>
  )
}

function Share({ words, share }: { words: string; share: number }) {
  return (
    <>
      <p>{words}</p>
      <progress max={1} value={share} aria-label={words} />
    </>
  )
}
