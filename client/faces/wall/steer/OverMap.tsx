/** What lies over the map of a wall: that it shows the past, the words of what runs by itself, the code for phones, and the offer of the story. */
import { PastBanner } from '../../../shell/past/PastBanner.tsx'
import { useShell } from '../../../shell/shellContext.ts'
import { wallNameOf, type Span } from '../../../state/span.ts'
import { useStore } from '../../../state/store.ts'
import { ReportNews } from './ReportNews.tsx'
import { StoryOffer } from './StoryOffer.tsx'
import { WallQr } from './WallQr.tsx'
import type { Steered } from './useSteered.ts'
import { WallStrip } from './WallStrip.tsx'
import './steer.css'

export function OverMap({ show, report }: Steered) {
  const { live } = useShell()
  const name = useStore(live.store, ({ view }) => wallNameOf(view))
  const span = useStore(live.store, ({ view }) => view.span)
  const programme = show?.programme
  return (
    <>
      <PastBanner />
      {hasWords(span) && <ReportNews report={report} />}
      <div className="wall-foot">
        {hasCode(span) && <WallQr />}
        {programme && hasWords(span) && <WallStrip programme={programme} />}
      </div>
      <StoryOffer name={name} programme={programme} />
    </>
  )
}

/** Of many screens the lowest one in the middle has the words, the one at the lower left the code. */
function hasWords(span: Span | undefined): boolean {
  return span === undefined || (span.row === span.rows - 1 && span.col === (span.cols - 1) >> 1)
}
function hasCode(span: Span | undefined): boolean {
  return span === undefined || (span.row === span.rows - 1 && span.col === 0)
}
