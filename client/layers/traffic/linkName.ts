/** What a street is called. */
import { say } from '../../language/language.ts'
import type { LayerContext } from '../layer.ts'

/** The name of a street, or of what it is when it has none. */
export function linkName(context: Pick<LayerContext, 'city'>, link: number): string {
  const { links, names } = context.city.network
  return names.text[links.name[link]] || say('traffic.unnamed')
}
