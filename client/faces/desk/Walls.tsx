/** Opens what steers the walls, beside the map: the desk's own view is what is sent. Its code comes when it is first wanted. */
import { lazy, Suspense, useRef, useState } from 'react'
import { sayWall } from '../../language/wallWords.ts'
import { SmallBoundary } from '../../shell/SmallBoundary.tsx'

const WallsPanel = lazy(() => import('./WallsPanel.tsx').then(({ WallsPanel }) => ({ default: WallsPanel })))

export function Walls() {
  const [isOpen, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const title = sayWall('desk.title')
  return (
    <>
      <button ref={opener} type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {title}
      </button>
      {isOpen && (
        <SmallBoundary part={title}>
          <Suspense>
            <WallsPanel onClose={close} />
          </Suspense>
        </SmallBoundary>
      )}
    </>
  )
}
