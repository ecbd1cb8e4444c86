/** The page begins: reads language and theme from the URL, and mounts the face its path asks for. */
import { createRoot } from 'react-dom/client'
import { faceOf, isPublished, takeToken } from './faces/face.ts'
import { Page } from './faces/Page.tsx'
import { languageOf } from './faces/preferences.ts'
import { fetchNext } from './faces/useLive.ts'
import { loadLanguage, setLanguage } from './language/language.ts'
import { isDemo } from './source/demo.ts'
import { viewFromQuery } from './state/view.ts'
import { themes } from './theme/theme.ts'
import './shell/fonts.css'
import './shell/base.css'
import './shell/forcedColors.css'

const token = takeToken()
const view = viewFromQuery(location.search)
const language = languageOf(view, navigator.languages)
// a demo has one face, and its folder may lie under any name
const face = isDemo ? 'plan' : faceOf(location.pathname)
if (isPublished(location.pathname)) void showPublished()
else {
  fetchNext(language)
  void begin()
}

/** A page of words: no city is brought in for it. */
async function showPublished(): Promise<void> {
  const [{ PublishedPage }] = await Promise.all([
    import('./faces/published/PublishedPage.tsx'),
    loadLanguage(language),
  ])
  setLanguage(language)
  createRoot(document.getElementById('root')!).render(<PublishedPage view={view} />)
}

/** Waited for by nobody: the catalogues need this file, which therefore cannot wait for them. */
async function begin(): Promise<void> {
  // the public face begins with words that are here, and at once
  const words = face === 'public' ? undefined : loadLanguage(language)
  const colours = face === 'wall' ? (await import('./theme/litRoom.ts')).wallThemes : themes
  await words
  createRoot(document.getElementById('root')!).render(
    <Page face={face} token={token} view={view} firstLanguage={language} themes={colours} />,
  )
}
