/** Every test speaks with all the words, as a page does once it has fetched them. */
import { loadLanguage } from '../../../client/language/language.ts'

await loadLanguage('en')
