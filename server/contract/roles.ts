/** What a person may see of people. Until there is a login the whole server has one role, from DOMOVOI_ROLE. */
export const ROLES = ['official', 'inspector', 'operator', 'wall'] as const
export type Role = (typeof ROLES)[number]

/** Everybody else sees contacts masked, and the wall sees none. */
export const mayReveal = (role: Role) => role === 'operator' || role === 'inspector'

/** What is kept of a person, one by one: revealing one of them reveals no other. */
export const CONTACT_FIELDS = ['name', 'phone', 'email', 'flat', 'text'] as const
export type ContactField = (typeof CONTACT_FIELDS)[number]
