import './styles/tokens.css'
import './styles/base.css'
import 'element-plus/theme-chalk/dark/css-vars.css'
import './styles/element-plus.css'
import App from './App.vue'
import { bootstrap } from './bootstrap'

bootstrap(App)
