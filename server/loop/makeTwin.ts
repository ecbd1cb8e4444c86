/** Makes the twins that the server's threads step: in the middle of the hour's life, or going on from a saved moment. */
import type { City } from '../../twin/city.ts'
import { createTwin, type Twin } from '../../twin/twin.ts'
import type { Fork, RunFacts } from './loopMessages.ts'

/** A twin of the city at `facts.startMs`. */
export function warmTwin(city: City, facts: RunFacts): Twin {
  return createTwin(city, facts)
}

/** A twin that goes on where `fork` was taken. */
export function resumeTwin(city: City, fork: Fork): Twin {
  const twin = createTwin(city, fork)
  twin.load(fork.state)
  return twin
}
