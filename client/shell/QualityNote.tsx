/** On the map while less is drawn than there is: that, and what is left out. */
import { say } from '../language/language.ts'
import { qualities } from '../state/quality.ts'
import { useStore } from '../state/store.ts'
import './qualityNote.css'
import { useShell } from './shellContext.ts'

const [, ...steps] = qualities

export function QualityNote() {
  const { live } = useShell()
  const quality = useStore(live.store, (page) => page.view.quality ?? page.quality)
  const left = steps.slice(0, qualities.indexOf(quality)).map((step) => say(`quality.${step}`))
  return (
    <p className="quality-note" role="status">
      {left.length > 0 && say('quality.simpler', { what: left.join(', ') })}
    </p>
  )
}
