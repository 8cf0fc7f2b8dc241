// Every component test sees the real stylesheet.
import '../app.css';
