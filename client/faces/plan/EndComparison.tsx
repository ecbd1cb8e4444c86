/** Asked before another story takes the stage of a comparison: a run that was waited for does not end by a slip of the keyboard. */
import { sayPlan } from '../../language/planWords.ts'
import { Dialog } from '../../shell/Dialog.tsx'

export interface EndComparisonProps {
  onEnd(): void
  onStay(): void
}

export function EndComparison({ onEnd, onStay }: EndComparisonProps) {
  return (
    <Dialog title={sayPlan('end.title')} onClose={onStay}>
      <p>{sayPlan('end.told')}</p>
      <div className="row">
        <button type="button" onClick={onStay}>
          {sayPlan('end.stay')}
        </button>
        <button type="button" className="strong push" onClick={onEnd}>
          {sayPlan('end.end')}
        </button>
      </div>
    </Dialog>
  )
}
