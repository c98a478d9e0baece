//! Rules, hooks, the walk and what becomes of findings.
