"""What leaves for evaluators: rows of people who agreed, under codes that are drawn anew for each release."""
