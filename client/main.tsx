/** The page begins: reads language and theme from the URL, and mounts the face its path asks for. */
import { createRoot } from 'react-dom/client'
import { Page } from './faces/Page.tsx'
import { viewFromQuery } from './state/view.ts'
import './shell/fonts.css'
import './shell/base.css'

createRoot(document.getElementById('root')!).render(
  <Page path={location.pathname} view={viewFromQuery(location.search)} />,
)
