"""Interviews: who is drawn, invited, says yes. The evaluator knows codes, the manager how to reach people."""
