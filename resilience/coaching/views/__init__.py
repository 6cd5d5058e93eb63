"""The pages: participants' calls and coaches' days."""
