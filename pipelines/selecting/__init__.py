"""What to tell: findings and points, their worth, and the plan of a one-page brief."""
