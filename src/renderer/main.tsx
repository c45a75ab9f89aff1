import * as React from 'react'
import { createRoot } from 'react-dom/client'
import { FirstPage } from './app/first-page.tsx'

const element = document.getElementById('root')
if (element === null) throw new Error('index.html has no element with the id "root"')
createRoot(element).render(
  <React.StrictMode>
    <FirstPage />
  </React.StrictMode>,
)
