"""How the detector's model is made and measured. Needs scikit-learn; the bot itself never imports this."""
