/** Asks for the first answer to the scenario at hand as soon as its edits rest a moment, and keeps it in the store for whoever draws it. */
import { useEffect } from 'react'
import type { Live } from '../../../state/live.ts'
import { useStore } from '../../../state/store.ts'
import { clockTimeOf } from '../begin.ts'
import type { Scenario } from '../useScenario.ts'

// Who types a number or pulls a slider is done after this, milliseconds.
const REST_MS = 250
// Without edits what an answer needs is made ahead, once the page has come to rest.
const AHEAD_MS = 3000
// After a refusal that will pass.
const AGAIN_MS = 3000

export function usePreliminary(live: Live, scenario: Scenario): void {
  const isLive = useStore(live.store, ({ connection }) => connection.state === 'live')
  const { horizonS, begin } = scenario
  const atS = clockTimeOf(begin)
  const { edits } = scenario.history
  useEffect(() => {
    live.store.set({ preliminary: undefined })
    if (!isLive) return
    let isOld = false
    const ask = async () => {
      const asked = { edits: [...edits], horizonS, ...(atS !== undefined && { atS }) }
      const reply = await live.source.askPreliminary(asked)
      if (isOld) return
      if (!reply.ok) {
        if (reply.isTemporary) timer = setTimeout(() => void ask(), AGAIN_MS)
        else if (edits.length > 0) live.store.set({ preliminary: reply })
      } else if (edits.length > 0 && reply.answer !== undefined)
        live.store.set({ preliminary: { ok: true, answer: reply.answer } })
    }
    let timer = setTimeout(() => void ask(), edits.length > 0 ? REST_MS : AHEAD_MS)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [live, isLive, edits, horizonS, atS])
}
