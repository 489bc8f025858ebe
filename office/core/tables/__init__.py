"""Tables as other programs export them: read line by line, and told what their columns hold. Plain Python, no Django.

It knows text, dates, names, phone numbers and money, and nothing of medicine or of this office.
"""
