import { createFileRoute } from '@tanstack/react-router'
import { DossierPage } from '#web/features/flags/dossier-page.tsx'

export const Route = createFileRoute('/flags/$flag_/dossier')({ component: Page })

function Page() {
  return <DossierPage flag={Route.useParams().flag} />
}
