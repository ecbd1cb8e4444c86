/** What a request is called. */
import { currentLanguage, say } from '../../language/language.ts'
import type { LayerContext } from '../layer.ts'

/** What a request is about, in the reader's language. */
export function serviceName({ city }: Pick<LayerContext, 'city'>, service: number): string {
  return city.services?.services[service]?.name[currentLanguage()] ?? say('reports.request')
}
