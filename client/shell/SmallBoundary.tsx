/** Keeps a broken part from taking the page with it, and says which part broke. */
import { Component, type ReactNode } from 'react'
import { say } from '../language/language.ts'

interface Props {
  readonly part: string
  readonly children: ReactNode
}

export class SmallBoundary extends Component<Props, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined }

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <p role="alert" className="quiet broken">
        {say('app.broken', { part: this.props.part, why: error.message })}
      </p>
    )
  }
}
