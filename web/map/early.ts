import type { QueryClient } from '@tanstack/react-query'
import { cityQuery } from './ask-city.ts'

/** What takes a map longest, asked for beside the words of the page, before the router knows which page it is. */
export function askEarly(queryClient: QueryClient) {
  // Should it fail, the map asks for it again and says so.
  import('./city-map.ts').catch(() => {})
  void queryClient.prefetchQuery(cityQuery)
}
