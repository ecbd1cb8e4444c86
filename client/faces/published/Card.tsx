/** The model card: headings, paragraphs and lists of its Markdown, and nothing else that Markdown may hold. */
import type { ReactNode } from 'react'
import { blocksOf } from './blocks.ts'

export function Card({ text }: { text: string }) {
  return (
    <section className="published-card">
      {blocksOf(text).map((block, i): ReactNode => {
        switch (block.kind) {
          case 'title':
            return <h2 key={i}>{block.text}</h2>
          case 'heading':
            return <h3 key={i}>{block.text}</h3>
          case 'words':
            return <p key={i}>{block.text}</p>
          case 'list':
            return (
              <ul key={i}>
                {block.items.map((item) => (
                  <li key={item}>{item}</li>
                ))}
              </ul>
            )
        }
      })}
    </section>
  )
}
