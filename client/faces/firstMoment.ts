/** A moment of the past that an address asks for is shown as soon as there is a city to show it with. */
import type { Live } from '../state/live.ts'

export function showFirst(live: Live, timeMs: number): void {
  const end = live.store.subscribe(() => {
    const { city, clock } = live.store.get()
    if (city === undefined || clock === undefined) return
    end()
    void import('../shell/past/usePast.ts').then(({ playbackOf }) => {
      // from here on the address says what is looked at, as ever
      live.store.setView({ momentMs: undefined })
      playbackOf(live)?.seek(timeMs)
    })
  })
}
