/** Opens the drill. Its words alone come with the face; the rest when it is opened. */
import { sayDraw } from '../../../language/drawWords.ts'

export function DrillButton({ isBusy, onStart }: { isBusy: boolean; onStart: () => void }) {
  return (
    <button type="button" disabled={isBusy} onClick={onStart}>
      {sayDraw('drill.button')}
    </button>
  )
}
