import { Component, type ReactNode } from 'react'

const AGAIN_MS = 5000

interface KeptProps {
  children: ReactNode
  /** Stands until then. */
  instead: ReactNode
}

/** What fails is tried again by itself: nobody will press a button. */
export class Kept extends Component<KeptProps, { failed: boolean }> {
  override state = { failed: false }
  #timer: ReturnType<typeof setTimeout> | null = null

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch() {
    this.#timer = setTimeout(() => this.setState({ failed: false }), AGAIN_MS)
  }

  override componentWillUnmount() {
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  override render() {
    return this.state.failed ? this.props.instead : this.props.children
  }
}
