/** How many questions one HTTP request may carry; more go in several. */
export const QUESTIONS_AT_ONCE = 40
