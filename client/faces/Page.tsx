/** Chooses the face by the path, holds language and theme, and brings in the running twin once the first words stand. */
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import type { Face } from '../../twin/protocol/roles.ts'
import { loadLanguage, say, setLanguage, type Language } from '../language/language.ts'
import { townId } from '../source/serverless.ts'
import { SmallBoundary } from '../shell/SmallBoundary.tsx'
import { ShellContext, type Shell } from '../shell/shellContext.ts'
import type { Live } from '../state/live.ts'
import type { View } from '../state/view.ts'
import type { Theme, ThemeName, Themes } from '../theme/theme.ts'
import { applyTheme, needsOf, themeOf } from './preferences.ts'
import { PublicFace } from './public/PublicFace.tsx'
import { useLive } from './useLive.ts'

const AccessGate = lazy(() =>
  import('./gate/AccessGate.tsx').then(({ AccessGate }) => ({ default: AccessGate })),
)
const PlanFace = lazy(() => import('./plan/PlanFace.tsx').then(({ PlanFace }) => ({ default: PlanFace })))
const DeskFace = lazy(() => import('./desk/DeskFace.tsx').then(({ DeskFace }) => ({ default: DeskFace })))
const WallFace = lazy(() => import('./wall/WallFace.tsx').then(({ WallFace }) => ({ default: WallFace })))
const TownGone = lazy(() =>
  import('./plan/town/TownGone.tsx').then(({ TownGone }) => ({ default: TownGone })),
)
const SetUp = lazy(() => import('./wall/setup/SetUp.tsx').then(({ SetUp }) => ({ default: SetUp })))

interface PageProps {
  readonly face: Face
  /** From a ready link to a face that needs one. */
  readonly token: string | undefined
  readonly view: View
  /** All its words are loaded, but on the public face. */
  readonly firstLanguage: Language
  /** The colours of this face. */
  readonly themes: Themes
}

export function Page({ face, token, view, firstLanguage, themes }: PageProps) {
  const isWall = face === 'wall'
  const [language, chooseLanguage] = useState(firstLanguage)
  const [themeName, chooseTheme] = useState(() =>
    themeOf(
      view,
      isWall,
      needsOf((query) => matchMedia(query)),
    ),
  )
  const { live, error } = useLive(view, face, firstLanguage)
  const theme = themes[themeName]
  // Before anything below is rendered in it.
  setLanguage(language)
  useLayoutEffect(() => applyTheme(theme, document.documentElement), [theme])
  useLayoutEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dataset['face'] = face
  }, [language, face])

  const faceName = face === 'public' ? '' : `${say(`face.${face}`)} · `
  const title = faceName + say('app.name')
  useEffect(() => {
    // a desk's says how many alarms wait
    if (face === 'desk') return
    const entitle = () => {
      const city = live?.store.get().info?.name
      const next = city === undefined ? title : `${city} · ${title}`
      if (document.title !== next) document.title = next
    }
    entitle()
    return live?.store.subscribe(entitle)
  }, [live, title, face])

  const shell = useMemo(
    () => live && makeShell(live, language, theme, chooseTheme, chooseLanguage),
    [live, language, theme],
  )
  if (face === 'public') return <PublicFace shell={shell} error={error} />
  return (
    <SmallBoundary part={say('app.name')}>
      <Suspense fallback={<Waiting />}>
        <AccessGate face={face} token={token} waiting={<Waiting />}>
          {shell ? (
            <ShellContext value={shell}>
              <ChosenFace face={face} isSetUp={view.isSetUp} />
            </ShellContext>
          ) : error !== undefined && townId !== undefined ? (
            <TownGone why={error} />
          ) : (
            <Waiting error={error} />
          )}
        </AccessGate>
      </Suspense>
    </SmallBoundary>
  )
}

function ChosenFace({ face, isSetUp }: { face: Face; isSetUp: boolean }) {
  if (face === 'wall') return isSetUp ? <SetUp /> : <WallFace />
  return face === 'desk' ? <DeskFace /> : <PlanFace />
}

function Waiting({ error }: { error?: string }) {
  return (
    <p className="map-waiting">
      {error ? say('app.broken', { part: say('app.name'), why: error }) : say('app.loading')}
    </p>
  )
}

function makeShell(
  live: Live,
  language: Language,
  theme: Theme,
  chooseTheme: (name: ThemeName) => void,
  chooseLanguage: (language: Language) => void,
): Shell {
  return {
    live,
    language,
    theme,
    setTheme(name) {
      chooseTheme(name)
      live.store.setView({ theme: name })
    },
    setLanguage(next) {
      // when it cannot be fetched the page stays in the language it has
      loadLanguage(next).then(
        () => {
          chooseLanguage(next)
          live.store.setView({ language: next })
        },
        () => undefined,
      )
    },
  }
}
