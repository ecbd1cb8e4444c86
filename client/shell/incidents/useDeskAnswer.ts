/** An answer about what desks do, asked anew whenever the server says that some desk has done something, and now and then besides. */
import { useStore } from '../../state/store.ts'
import { useShell } from '../shellContext.ts'
import { usePolled, type Polled } from '../usePolled.ts'

/** News may be lost with the line, milliseconds. */
const ASK_MS = 15_000

/** `ask` must keep its identity while it asks for the same thing. What was answered last stays until there is a new answer. */
export function useDeskAnswer<T>(ask: (signal: AbortSignal) => Promise<T>): Polled<T> {
  const { live } = useShell()
  const news = useStore(live.store, ({ deskNews }) => deskNews)
  // a line that is back has missed the news
  const isReached = useStore(live.store, ({ connection: { state } }) => state === 'live' || state === 'late')
  return usePolled(ask, isReached ? ASK_MS : undefined, news)
}
