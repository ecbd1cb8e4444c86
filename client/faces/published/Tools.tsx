/** What a reader may take along: the page on paper, one picture of it, the scenario's own file; and the other language. */
import { currentLanguage } from '../../language/language.ts'
import { sayPublished } from '../../language/publishedWords.ts'
import { addressOf } from '../../source/address.ts'
import type { Published } from '../../source/keptScenarios.ts'
import { savePicture } from './pictureCard.ts'

export function Tools({ published, picture }: { published: Published; picture: string | undefined }) {
  const other = currentLanguage() === 'es' ? 'en' : 'es'
  return (
    <div className="row published-tools">
      <button type="button" onClick={() => print()}>
        {sayPublished('print')}
      </button>
      <button type="button" onClick={() => void savePicture(published, picture)}>
        {sayPublished('png')}
      </button>
      <a href={addressOf(`/api/published/${published.id}/scenario.json`)} download>
        {sayPublished('file')}
      </a>
      <a className="push" href={`?id=${published.id}&lang=${other}`} hrefLang={other} lang={other}>
        {other === 'es' ? 'Español' : 'English'}
      </a>
    </div>
  )
}
