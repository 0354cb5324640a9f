"""What reports, charts and exports are made by. Pure: values in, values out."""
