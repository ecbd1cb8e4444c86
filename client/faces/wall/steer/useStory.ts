/** Begins the walk-up story on a wall, from a screen of it or from a desk. */
import type { DomainId } from '../../../../twin/domains.ts'
import type { Reply } from '../../../../twin/protocol/messages.ts'
import type { WallStory } from '../../../../twin/protocol/wallMessages.ts'
import { loadLanguage, type Language } from '../../../language/language.ts'
import { sayWall } from '../../../language/wallWords.ts'
import { makeLayerContext } from '../../../layers/layerContext.ts'
import { layers } from '../../../layers/layers.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { indicatorsIn } from '../../../shell/useIndicators.ts'
import { storyOf } from './storyStops.ts'

// Where the map has said nothing yet, and from where on it shows no longer the whole.
const CITY_ZOOM = 12
const NEAR_ZOOM = 13.5

/** Tells the story to the wall `name`, by `send`; the answer says why not. */
export function useStory(
  name: string,
  send: ((story: WallStory) => Promise<Reply>) | undefined,
): (language: Language) => Promise<Reply> {
  const { live, theme } = useShell()
  return async (language) => {
    const context = makeLayerContext(live, { theme, zoom: CITY_ZOOM, isWall: true })
    const { camera } = live.store.get().view
    if (!context || !send) return { ok: false, error: sayWall('offer.waiting') }
    await loadLanguage(language)
    const { bounds } = context.city.info
    const middle = { lng: (bounds[0] + bounds[2]) / 2, lat: (bounds[1] + bounds[3]) / 2 }
    const home =
      camera && camera.zoom < NEAR_ZOOM ? camera : { ...middle, zoom: CITY_ZOOM, bearing: 0, pitch: 0 }
    const facts = {
      city: context.city.info,
      timeMs: context.time?.timeMs,
      mostTelling: (domain: DomainId) => layers[domain].list(context, 1)[0],
      indicators: indicatorsIn(live),
      home,
    }
    return send({ name, act: 'tell', ...storyOf(facts, language) })
  }
}
